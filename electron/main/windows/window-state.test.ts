import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FIRST_WINDOW, keepWindowState, placeWindow, readWindowState, type WindowState } from './window-state.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'window-state-'))
  file = join(folder, 'window.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const log = { info: vi.fn(), warn: vi.fn() }
const laptop = { x: 0, y: 0, width: 1440, height: 900 }
const second = { x: 1440, y: -200, width: 1920, height: 1080 }
const at = (x: number, y: number): WindowState => ({ position: { x, y }, width: 1000, height: 700, maximized: false })

test.each([
  ['on the laptop', at(100, 50), [laptop], true],
  ['on the second screen', at(1600, -150), [laptop, second], true],
  ['half out to the right', at(1300, 100), [laptop], true],
  ['out to the left but for a corner that one can grab', at(-900, 0), [laptop], true],
  ['on a screen that is gone', at(1600, -150), [laptop], false],
  ['with its title bar above the screen', at(100, -30), [laptop], false],
  ['below the screen', at(100, 890), [laptop], false],
  ['out to the left', at(-990, 0), [laptop], false],
])('EL-2: a window %s is put there or in the middle', (_where, state, screens, stays) => {
  expect(placeWindow(state, screens)).toEqual(stays ? state : { ...state, position: null })
})

test('EL-2: what is kept when a window closes is read at the next start', () => {
  const window = Object.assign(new EventEmitter(), {
    getNormalBounds: () => ({ x: 5, y: 6, width: 700, height: 650 }),
    isMaximized: () => true,
  })
  keepWindowState(window as unknown as Parameters<typeof keepWindowState>[0], file, log)
  window.emit('close')
  expect(readWindowState(file, log)).toEqual({ position: { x: 5, y: 6 }, width: 700, height: 650, maximized: true })
})

test.each(['', '{"width":1e9}', '{"position":null,"width":10,"height":10,"maximized":false}', 'null'])(
  'EL-2: a state file that holds %j is as none',
  (text) => {
    writeFileSync(file, text)
    expect(readWindowState(file, log)).toEqual(FIRST_WINDOW)
    expect(log.warn).toHaveBeenCalledWith('window.state-unreadable', expect.anything())
  },
)

test('EL-2: a state that can not be saved never stops a window from closing', () => {
  const window = Object.assign(new EventEmitter(), {
    getNormalBounds: () => ({ x: 0, y: 0, width: 700, height: 650 }),
    isMaximized: () => false,
  })
  keepWindowState(window as unknown as Parameters<typeof keepWindowState>[0], join(file, 'below-a-file'), log)
  writeFileSync(file, '')
  expect(() => window.emit('close')).not.toThrow()
  expect(log.warn).toHaveBeenCalledWith('window.state-unsaved', expect.anything())
})
