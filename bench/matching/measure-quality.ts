import { toComparisonRecord } from '#shared/matching/comparison-record.ts'
import { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import {
  type DuplicateGroup,
  type DuplicatePair,
  groupDuplicates,
  type ScanResult,
  SUGGEST,
  scanForDuplicates,
} from '#shared/matching/find-duplicates.ts'
import { type Measurement, rounded } from '../measurement.ts'
import { fiveRules } from './five-rules.ts'
import { type LabelledSet, labelledSets } from './labelled-sets.ts'

/** How right a list of pairs is. */
export interface Quality {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** The set whose calibration is shown. */
const CALIBRATED = 'crm_composed_10k'

/**
 * SE-3: precision, recall and F1 of the pairs that the product shows, at its own thresholds, on each
 * labelled set, beside "any of the five rules"; and the calibration: pairs said to be 0.9 are right
 * nine times of ten. `rows` has no meaning here.
 */
export async function measureQuality(_rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const set of await labelledSets(say)) {
    const started = performance.now()
    const { groups, suggestions, compared } = findAll(set)
    const seconds = (performance.now() - started) / 1_000
    const pairs = groups.flatMap((group) => group.pairs)
    const ours = qualityOf(set, pairs.length, pairs.filter((pair) => isTrue(set, pair.a, pair.b)).length)
    const suggested = pairs.filter((pair) => pair.probability >= SUGGEST)
    const right = suggested.filter((pair) => isTrue(set, pair.a, pair.b)).length / Math.max(1, suggested.length)
    const rules = measureRules(set)
    say(
      `SE-3 ${set.name}: ${inWords(ours)}; ${compared} pairs compared in ${seconds.toFixed(2)} s; ` +
        `${suggested.length} suggested, ${percent(right)} right | any of the five rules: ${inWords(rules.quality)}; ` +
        `${(set.customers.length * (set.customers.length - 1)) / 2} pairs compared in ${rules.seconds.toFixed(2)} s`,
    )
    if (set.name === CALIBRATED) {
      say(calibration(set, pairs))
      measurements.push(measureSuggestions(set, groups, suggestions, say))
    }
    measurements.push({
      id: 'SE-3',
      what: `${set.name}: ${inWords(ours)}, ${compared} pairs compared`,
      rows: set.customers.length,
      unit: 's',
      p50: rounded(seconds),
      p95: rounded(seconds),
      max: rounded(seconds),
      target: null,
      pass: set.target === null || (ours.precision >= set.target.precision && ours.recall >= set.target.recall),
      baseline: { name: `any of the five rules, ${inWords(rules.quality)}`, value: rounded(rules.seconds) },
      ratio: rounded(rules.seconds / seconds),
    })
  }
  return measurements
}

/** Share of the duplicates within reach that accepting must remove, and of merges that must be right. */
const REMOVED_TARGET = 0.95
const RIGHT_TARGET = 0.9

/**
 * SE-5: what accepting every suggested group does. Within reach is a duplicate (a record too many of
 * its person) that any group shown holds; a merge is right when all of the group are one person.
 */
function measureSuggestions(
  set: LabelledSet,
  groups: readonly DuplicateGroup[],
  suggestions: readonly DuplicateGroup[],
  say: (text: string) => void,
): Measurement {
  const suggested = suggestions.filter(({ probability }) => probability >= SUGGEST)
  const removed = duplicatesIn(set, suggested) / Math.max(1, duplicatesIn(set, groups))
  const isRight = ({ members }: DuplicateGroup) => members.every((member) => isTrue(set, member, members[0] ?? ''))
  const right = suggested.filter(isRight).length / Math.max(1, suggested.length)
  const byMail = duplicatesIn(set, groupsByMail(set)) / Math.max(1, duplicatesIn(set, groups))
  const all = set.customers.length - new Set(set.personOf.values()).size
  say(
    `SE-5 ${set.name}: ${suggested.length} groups suggested of ${suggestions.length}; accepting them removes ` +
      `${percent(removed)} of the duplicates within reach (${percent(duplicatesIn(set, suggested) / Math.max(1, all))} ` +
      `of all ${all}); ${percent(right)} of the merges are right`,
  )
  return {
    id: 'SE-5',
    what: `${set.name}: duplicates within reach that accepting removes; ${percent(right)} of merges right`,
    rows: set.customers.length,
    unit: '%',
    p50: rounded(removed * 100),
    p95: rounded(removed * 100),
    max: rounded(removed * 100),
    target: null,
    pass: removed >= REMOVED_TARGET && right > RIGHT_TARGET,
    baseline: { name: 'merging whoever has one mailbox', value: rounded(byMail * 100) },
    ratio: rounded(removed / byMail),
  }
}

/** What merging everybody with one e-mail address would remove, right or wrong about it. */
function groupsByMail({ customers }: LabelledSet): Pick<DuplicateGroup, 'members'>[] {
  const mailed = customers.filter(({ email }) => email !== null)
  const byMail = Map.groupBy(mailed, ({ email }) => email?.toLowerCase())
  return [...byMail.values()].map((same) => ({ members: same.map(({ id }) => id) }))
}

/** Records too many that merging groups removes, as far as the groups are right. */
function duplicatesIn({ personOf }: LabelledSet, groups: readonly Pick<DuplicateGroup, 'members'>[]): number {
  return groups.reduce(
    (sum, { members }) => sum + members.length - new Set(members.map((member) => personOf.get(member))).size,
    0,
  )
}

/** A scan, and the groups as the app offers them. */
function findAll({ customers }: LabelledSet): ScanResult & { readonly suggestions: readonly DuplicateGroup[] } {
  const index = new DuplicateIndex()
  for (const customer of customers) index.upsert(toComparisonRecord(customer))
  const scan = scanForDuplicates(index, () => false)
  let step = scan.next()
  while (!step.done) step = scan.next()
  const { model, pairs } = step.value
  const grouping = groupDuplicates(pairs, index, model, () => false, { strongFirst: true })
  let group = grouping.next()
  while (!group.done) group = grouping.next()
  return { ...step.value, suggestions: group.value }
}

function measureRules(set: LabelledSet): { readonly quality: Quality; readonly seconds: number } {
  const started = performance.now()
  let found = 0
  let right = 0
  fiveRules(set.customers, (a, b) => {
    found++
    if (isTrue(set, a, b)) right++
  })
  return { quality: qualityOf(set, found, right), seconds: (performance.now() - started) / 1_000 }
}

function isTrue({ personOf }: LabelledSet, a: string, b: string): boolean {
  return personOf.get(a) === personOf.get(b)
}

function qualityOf({ personOf }: LabelledSet, found: number, right: number): Quality {
  const records = new Map<string, number>()
  for (const person of personOf.values()) records.set(person, (records.get(person) ?? 0) + 1)
  let truth = 0
  for (const count of records.values()) truth += (count * (count - 1)) / 2
  return { precision: right / Math.max(1, found), recall: right / truth, f1: (2 * right) / (found + truth) }
}

const BINS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1] as const

/** Pairs by the probability that was said, with the share that is right. */
function calibration(set: LabelledSet, pairs: readonly DuplicatePair[]): string {
  const lines = BINS.slice(0, -1).map((from, i) => {
    const to = BINS[i + 1] ?? 1
    const inside = pairs.filter(({ probability }) => probability >= from && (probability < to || to === 1))
    if (inside.length === 0) return `  ${from} to ${to}: no pairs`
    const said = inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length
    const right = inside.filter(({ a, b }) => isTrue(set, a, b)).length / inside.length
    return `  ${from} to ${to}: ${inside.length} pairs, said ${said.toFixed(2)}, right ${right.toFixed(2)}`
  })
  return [`Calibration on ${set.name}:`, ...lines].join('\n')
}

function inWords({ precision, recall, f1 }: Quality): string {
  return `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
