import { expect, test } from 'vitest'
import { HINTED_POLL_MS, HintWatch, POLL_MS } from './hint-watch.ts'
import type { HintListener } from './hints.ts'

/** A watch whose clock and connections are the test's. */
function setUp(random = 0.5) {
  let time = 0
  let timers: { at: number; run: () => void }[] = []
  const connections: (HintListener & { closed: boolean })[] = []
  const heard = { hints: 0, opens: 0, losses: 0 }
  const watch = new HintWatch({
    source: {
      open: (_companyId, listener) => {
        const connection = { ...listener, closed: false }
        connections.push(connection)
        return () => {
          connection.closed = true
        }
      },
    },
    companyId: 'c',
    timing: {
      now: () => time,
      after: (ms, run) => {
        const timer = { at: time + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
      random: () => random,
    },
    onHint: () => {
      heard.hints += 1
    },
    onOpen: () => {
      heard.opens += 1
    },
    onLost: () => {
      heard.losses += 1
    },
  })
  const pass = (ms: number) => {
    const end = time + ms
    for (;;) {
      const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      timers = timers.filter((other) => other !== due)
      time = due.at
      due.run()
    }
    time = end
  }
  const latest = () => {
    const connection = connections.at(-1)
    if (connection === undefined) throw new Error('never connected')
    return connection
  }
  return { watch, heard, connections, latest, pass }
}

test('SY-6: polls are rare while hints come, and frequent before, after and between', () => {
  const { watch, latest, heard, pass } = setUp()
  expect(watch.pollMs()).toBe(POLL_MS)
  watch.start()
  expect(watch.pollMs()).toBe(POLL_MS)
  latest().onOpen()
  expect(heard.opens).toBe(1)
  expect(watch.pollMs()).toBe(HINTED_POLL_MS * 0.9)
  latest().onEnd()
  expect(heard.losses).toBe(1)
  expect(watch.pollMs()).toBe(POLL_MS)
  pass(60_000)
  latest().onOpen()
  expect(watch.pollMs()).toBeGreaterThan(20_000)
})

test('SY-6: laptops that hear one hint pull spread over a quarter of a second, not as one', () => {
  const { watch, latest, heard, pass } = setUp(0.8)
  watch.start()
  latest().onOpen()
  latest().onHint()
  pass(199)
  expect(heard.hints).toBe(0)
  pass(1)
  expect(heard.hints).toBe(1)
})

test('SY-6: a service that is down is tried again with growing pauses, half of them random', () => {
  const { watch, connections, latest, pass } = setUp(0)
  watch.start()
  for (const pause of [500, 1_000, 2_000, 4_000]) {
    const before = connections.length
    latest().onEnd()
    pass(pause - 1)
    expect(connections).toHaveLength(before)
    pass(1)
    expect(connections).toHaveLength(before + 1)
  }
})

test('SY-6: after sleep the old connection is dropped, and nothing that it still says is heard', () => {
  const { watch, connections, latest, heard, pass } = setUp(0)
  watch.start()
  const old = latest()
  old.onOpen()
  watch.reconnect()
  expect(old.closed).toBe(true)
  expect(connections).toHaveLength(2)
  expect(watch.pollMs()).toBe(POLL_MS)
  old.onHint()
  old.onEnd()
  pass(60_000)
  expect(heard).toEqual({ hints: 0, opens: 1, losses: 0 })
  expect(connections).toHaveLength(2)
})

test('SY-6: a connection that stands but tells nothing is not relied upon for five minutes', () => {
  const { watch, latest, pass } = setUp()
  watch.start()
  latest().onOpen()
  pass(10_000)
  watch.foundByPoll()
  pass(2_000)
  expect(watch.pollMs()).toBe(POLL_MS)
  pass(5 * 60_000)
  expect(watch.pollMs()).toBeGreaterThan(20_000)
})

test('SY-6: a poll that was a moment faster than the hint says nothing against hints', () => {
  const { watch, latest, pass } = setUp()
  watch.start()
  latest().onOpen()
  pass(10_000)
  watch.foundByPoll()
  pass(100)
  latest().onHint()
  pass(10_000)
  expect(watch.pollMs()).toBeGreaterThan(20_000)
})

test('SY-6: a stopped watch lets go of its connection and never connects again', () => {
  const { watch, connections, latest, pass } = setUp()
  watch.start()
  latest().onOpen()
  watch.stop()
  expect(latest().closed).toBe(true)
  watch.reconnect()
  pass(600_000)
  expect(connections).toHaveLength(1)
})
