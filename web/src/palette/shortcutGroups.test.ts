import { Undo2 } from 'lucide-react'
import { expect, test } from 'vitest'
import { action } from '../actions/action.ts'
import { shortcutGroups } from './shortcutGroups.ts'

const GROUPS = [
  {
    title: 'Edit',
    actions: [
      action({ name: 'Undo', icon: Undo2, keys: ['Mod+Z'], perform: () => {} }),
      action({ name: 'Without keys', icon: Undo2, perform: () => {} }),
    ],
  },
]

test('the sheet lists the actions that have keys, as this keyboard names them', () => {
  const [mac] = shortcutGroups(GROUPS, true)
  const [other] = shortcutGroups(GROUPS, false)
  expect(mac).toEqual({ title: 'Edit', shortcuts: [{ what: 'Undo', keys: ['⌘Z'] }] })
  expect(other?.shortcuts[0]?.keys).toEqual(['Ctrl Z'])
})

test('it is searched by what a key does and by the key', () => {
  expect(shortcutGroups(GROUPS, false, 'undo').map(({ title }) => title)).toEqual(['Edit'])
  expect(shortcutGroups(GROUPS, false, 'ctrl undo').map(({ title }) => title)).toEqual(['Edit'])
  expect(shortcutGroups(GROUPS, false, 'nothing like it')).toEqual([])
})
