import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IMPORT_ACTIONS, IMPORT_KINDS, type ImportCounts } from '#shared/replica-api/import.ts'
import { apply, rehearse } from '../testing/import-files.ts'
import { oneCompany } from '../testing/one-company.ts'

const name = fc.constantFrom(
  'Ann Lee',
  'Anne Lee',
  'Bob Ray',
  'Zoë Müller',
  'Lee, Ann',
  '',
  '=1+1',
  '"',
  '  ',
  'Ray Bau GmbH',
)
const email = fc.constantFrom(
  'ann@example.com',
  'ANN@example.com',
  'bob@example.com',
  '',
  'broken',
  'a@b',
  '"x;y"@z.de',
)
const phone = fc.constantFrom('0412 345 678', '+61 412 345 678', '', 'ring twice', '0498765432')
const messy = fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', '""', 'é', '\ufeff', 'x'.repeat(400))
const row = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(name, email, phone, fc.constantFrom('', 'vip', 'vip; lead')).map((cells) => cells.join(',')),
  },
  { weight: 1, arbitrary: fc.array(fc.oneof(name, email, messy), { maxLength: 8 }).map((parts) => parts.join('')) },
)
const file = fc
  .array(row, { maxLength: 12 })
  .map((rows) => `Name,Email,Phone,Tags\nAnchor Person,anchor@example.com,,\n${rows.join('\n')}\n`)

/** A name of signs only, whose mailbox gets a phone by a later row, and a phone that somebody else has as well. */
const NAMELESS = [
  'Name,Email,Phone,Tags',
  'Anchor Person,anchor@example.com,,',
  '",bob@example.com,,vip; lead',
  '","x;y"@z.de,0412 345 678,vip',
  'Anne Lee,broken,0412 345 678,',
  '  ,bob@example.com,+61 412 345 678,vip; lead',
  '',
].join('\n')

/** Nothing chosen, or anything. */
const choices = fc.oneof(fc.constant([0, 0, 0, 0, 0, 0, 0]), fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }))

const sum = (counts: ImportCounts) => Object.values(counts).reduce((total, n) => total + n, 0)

test('IO-2 IO-4: whatever is in a file, every row is accounted for, twice, and the database agrees', {
  timeout: 120_000,
}, async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  const alive = () => [...server.rows.values()].filter(({ deletedAt }) => deletedAt === null).length
  await fc.assert(
    fc.asyncProperty(file, choices, fc.boolean(), async (content, picks, undoes) => {
      await device.synced()
      const before = alive()
      const summary = await rehearse(device, content, ['name', 'email', 'phone', 'tags'])
      const { importId, rows, kinds } = summary
      expect(kinds.reduce((total, group) => total + group.rows, 0)).toBe(rows)
      for (const [n, kind] of IMPORT_KINDS.entries()) {
        const actions = IMPORT_ACTIONS[kind]
        const action = actions[(picks[n] ?? 0) % actions.length] ?? 'skip'
        await device.ask('import.choose', { importId, kind, action })
      }
      const report = await apply(device, importId)
      expect([report.state, sum(report.counts)]).toEqual(['done', rows])
      await device.synced()
      expect(alive()).toBe(before + report.counts.created)
      const outcomes = await device.ask('import.reportRows', { importId, outcome: null, offset: 0, limit: 500 })
      if (!outcomes.ok) throw new Error(outcomes.error.message)
      expect(outcomes.value.total).toBe(rows)
      if (undoes) {
        expect(await device.ask('import.undo', { importId, editedToo: true })).toMatchObject({ ok: true })
        await device.synced()
        expect(alive()).toBe(before)
        return
      }
      // Twice the same file, with nothing chosen: nobody is new but who was left out for somebody to decide.
      if (picks.some((pick) => pick > 0)) return
      const again = await rehearse(device, content, ['name', 'email', 'phone', 'tags'])
      const made = await device.ask('import.rows', { importId: again.importId, kind: 'new', offset: 0, limit: 500 })
      if (!made.ok) throw new Error(made.error.message)
      const undecided = new Set(
        outcomes.value.rows.flatMap(({ row, outcome }) => (outcome === 'duplicate' ? [row] : [])),
      )
      expect(made.value.rows.filter(({ row }) => !undecided.has(row))).toEqual([])
    }),
    { numRuns: 15, examples: [[NAMELESS, [0, 0, 0, 0, 0, 0, 0], false]] },
  )
})
