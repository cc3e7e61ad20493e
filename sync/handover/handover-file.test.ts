import { expect, test } from 'vitest'
import type { HandoverContents } from './handover-contents.ts'
import { countUnsent } from './handover-contents.ts'
import { openHandover, sealHandover } from './handover-file.ts'
import { handoverText } from './handover-text.ts'
import { makePassphrase } from './passphrase.ts'

const at = '2026-03-01T08:00:00.000Z'
const ID = '00000000-0000-4000-8000-000000000001'
const CONTENTS: HandoverContents = {
  user: { id: ID, name: 'Olga', email: 'olga@a.example' },
  company: { id: ID, name: 'Acme' },
  lostAt: at,
  customers: [
    {
      id: ID,
      name: 'Ada Lovelace',
      mutations: [
        {
          op: 'update',
          mutationId: ID,
          id: ID,
          editedAt: at,
          base: { phone: '1' },
          changes: { phone: '2', tags: ['important-tag'] },
          sent: true,
          times: { phone: at },
        },
      ],
      rejected: {
        mutations: [{ op: 'delete', mutationId: ID, id: ID, editedAt: at, sent: true }],
        code: 'forbidden',
        message: "Manager can't delete customers in this company.",
        field: null,
        at,
      },
      conflicts: [
        {
          field: 'name',
          shown: 'mine',
          base: null,
          mine: 'Ada',
          mineAt: at,
          theirs: 'Bea',
          theirsAt: at,
          theirsByName: 'Mia',
        },
      ],
    },
  ],
  records: [],
  unreadable: [{ odd: true }],
}

test('SY-5: a hand-over opens with its passphrase, however it is typed, and with no other', async () => {
  const passphrase = makePassphrase()
  const file = await sealHandover(CONTENTS, countUnsent(CONTENTS), passphrase)
  expect(await openHandover(file, passphrase)).toEqual({ ok: true, value: CONTENTS })
  expect(await openHandover(file, ` ${passphrase.toLowerCase().replaceAll('-', ' ')}`)).toMatchObject({ ok: true })
  expect(await openHandover(file, makePassphrase())).toMatchObject({ ok: false, error: { code: 'wrong_passphrase' } })
})

test('SY-5: the file names the company and the number of changes, and nothing of a customer or the user', async () => {
  const file = await sealHandover(CONTENTS, countUnsent(CONTENTS), makePassphrase())
  expect(JSON.parse(file)).toMatchObject({
    format: 'tradesphere-handover',
    version: 1,
    company: 'Acme',
    changes: 4,
    kdf: { name: 'PBKDF2', iterations: 600_000 },
    cipher: { name: 'AES-GCM' },
  })
  for (const secret of ['Lovelace', 'olga@', 'important-tag', ID]) expect(file).not.toContain(secret)
})

test('SY-5: a changed file does not open, whatever was changed in it', async () => {
  const passphrase = makePassphrase()
  const file = JSON.parse(await sealHandover(CONTENTS, 4, passphrase))
  const flipped = `${file.data.startsWith('A') ? 'B' : 'A'}${file.data.slice(1)}`
  for (const change of [{ data: flipped }, { company: 'Beta' }, { changes: 3 }, { lostAt: '2026-01-01T00:00:00Z' }]) {
    const opened = await openHandover(JSON.stringify({ ...file, ...change }), passphrase)
    expect(opened, JSON.stringify(change)).toMatchObject({ ok: false, error: { code: 'wrong_passphrase' } })
  }
})

test.each([
  ['no JSON', 'PK', 'not_a_handover'],
  ['some other JSON', '{"rows":[]}', 'not_a_handover'],
  [
    'half a file',
    JSON.stringify({ format: 'tradesphere-handover', version: 1, company: 'A', lostAt: at, changes: 1 }),
    'not_a_handover',
  ],
  [
    'a file of a newer app',
    JSON.stringify({ format: 'tradesphere-handover', version: 2, company: 'A', lostAt: at, changes: 1 }),
    'newer_version',
  ],
])('SY-5 SY-8: %s is told for what it is', async (_, text, code) => {
  expect(await openHandover(text, 'X')).toMatchObject({ ok: false, error: { code } })
})

test('SY-5: a file that asks for endless work, or whose contents are of another version, is refused with a sentence', async () => {
  const passphrase = makePassphrase()
  const file = JSON.parse(await sealHandover(CONTENTS, 1, passphrase)) as { kdf: object }
  const greedy = JSON.stringify({ ...file, kdf: { ...file.kdf, iterations: 10_000_001 } })
  expect(await openHandover(greedy, passphrase)).toMatchObject({ ok: false, error: { code: 'not_a_handover' } })
  const strange = await sealHandover({ ...CONTENTS, customers: 'many' } as never, 1, passphrase)
  expect(await openHandover(strange, passphrase)).toMatchObject({ ok: false, error: { code: 'newer_version' } })
})

test('SY-5: passphrases are long, different each time, and hold no letter that reads like another', () => {
  const made = new Set(Array.from({ length: 200 }, makePassphrase))
  expect(made.size).toBe(200)
  for (const passphrase of made) expect(passphrase).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)
})

test('SY-5: as text a hand-over says for each customer what was to be written, from what, and what was refused', () => {
  const text = handoverText(CONTENTS)
  for (const line of [
    'Unsent changes of Olga (olga@a.example) in Acme',
    `Ada Lovelace (${ID})`,
    '    phone: 2 (was 1)',
    '    tags: important-tag (was empty)',
    "  Refused 2026-03-01T08:00:00.000Z: Manager can't delete customers in this company.",
    '  Open conflict in name: Ada or, from Mia, Bea',
    'Unreadable',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
})
