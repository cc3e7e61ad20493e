import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Customer } from '#shared/domain/customer.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import {
  currentGroup,
  type Decision,
  decided,
  groupName,
  INITIAL_REVIEW,
  openCount,
  openGroups,
  type ReviewState,
  sittingCounts,
  stepped,
  withdrawn,
} from './review-queue.ts'

function group(ids: string, probability = 0.95): DuplicateGroup {
  const members = [...ids].map((id) => ({ id }) as Customer)
  return {
    key: ids[0] ?? '',
    probability,
    members,
    reasons: [],
    pairs: [],
    suggestion: { targetId: ids[0] ?? '', choices: {} },
  }
}

function decision(kind: Decision['kind'], of: DuplicateGroup): Decision {
  return { kind, group: of, written: Promise.resolve(null) }
}

const three: ReviewState = {
  ...INITIAL_REVIEW,
  known: [group('ab', 0.99), group('cd', 0.97), group('ef', 0.95)],
  total: 40,
}
const names = (state: ReviewState): string[] => openGroups(state).map(groupName)
const at = (state: ReviewState): string | null => {
  const current = currentGroup(state)
  return current === null ? null : groupName(current)
}

test('SE-5: a decided group leaves at once and the next one is there', () => {
  const second = stepped(three, 1)
  expect(at(second)).toBe('c,d')
  const after = decided(second, decision('merged', group('cd')))
  expect([at(after), names(after), openCount(after)]).toEqual(['e,f', ['a,b', 'e,f'], 39])
  const last = decided(after, decision('skipped', group('ef')))
  expect([at(last), openCount(last)]).toEqual(['a,b', 38])
  expect(sittingCounts(last)).toEqual({ merged: 1, dismissed: 0, skipped: 1 })
  expect(at(decided({ ...three, known: [group('ab')], total: 1 }, decision('dismissed', group('ab'))))).toBeNull()
})

test('SE-5: what was decided stays away while the worker still tells it, and is asked about anew with somebody else in it', () => {
  const after = decided(three, decision('merged', group('ab')))
  expect(names({ ...after, known: [...(three.known ?? [])] })).toEqual(['c,d', 'e,f'])
  expect(names({ ...after, known: [group('abz')] })).toEqual(['a,b,z'])
})

test('SE-5: a decision taken back is looked at again, in its place, before the worker has found it again', () => {
  const choice = decision('merged', group('ab', 0.99))
  const after = decided(three, choice)
  const told = { ...after, known: [group('cd', 0.97), group('ef')], total: 39 }
  const back = withdrawn(told, choice)
  expect([at(back), names(back), openCount(back)]).toEqual(['a,b', ['a,b', 'c,d', 'e,f'], 40])
  // The worker has found it again: it is there once.
  expect(names({ ...back, known: three.known })).toEqual(['a,b', 'c,d', 'e,f'])
  expect(sittingCounts(back).merged).toBe(0)
})

test('SE-5: one steps through the groups and stays at the ends', () => {
  expect(at(stepped(three, -1))).toBe('a,b')
  expect(at(stepped(stepped(stepped(three, 1), 1), 1))).toBe('e,f')
  expect(at(stepped(INITIAL_REVIEW, 1))).toBeNull()
})

test('SE-5: however one decides, steps and takes back, taking everything back leads to where it began', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('merged', 'dismissed', 'skipped', 'next', 'previous', 'undo')), (steps) => {
      let state = three
      for (const step of steps) {
        const current = currentGroup(state)
        const last = state.decisions.at(-1)
        if (step === 'next' || step === 'previous') state = stepped(state, step === 'next' ? 1 : -1)
        else if (step === 'undo') state = last === undefined ? state : withdrawn(state, last)
        else if (current !== null) state = decided(state, decision(step, current))
        expect(openCount(state) + state.decisions.length).toBe(40)
        expect(currentGroup(state) === null).toBe(openGroups(state).length === 0)
      }
      for (const last of [...state.decisions].reverse()) state = withdrawn(state, last)
      expect(names(state)).toEqual(names(three))
    }),
  )
})
