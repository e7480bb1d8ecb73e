import { groupsOf } from '@volley/shared/flow/editGroups.ts'
import type { KeyboardEvent } from 'react'
import { currentFlow } from '../state/flowStore.ts'
import { openProperties } from '../state/properties.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { openCall } from '../state/traceStore.ts'
import { useOutline } from './outlineStore.ts'
import { deleteRow, shift } from './rowActions.ts'
import { type TreeIntent, treeIntent } from './treeKeys.ts'

/** The keys of the list: `treeKeys` says what they mean, this does it. */
export function onTreeKey(event: KeyboardEvent<HTMLElement>): void {
  const row = event.target as HTMLElement
  if (row.role !== 'treeitem') return
  const intent = treeIntent(event)
  if (!intent) return
  event.preventDefault()
  event.stopPropagation()
  act(intent, row, rowsOf(event.currentTarget))
}

function act(intent: TreeIntent, row: HTMLElement, rows: readonly HTMLElement[]) {
  const key = keyOf(row)
  const outline = useOutline.getState()
  switch (intent.do) {
    case 'go': {
      const at = rows.indexOf(row)
      const next = { next: at + 1, previous: at - 1, first: 0, last: rows.length - 1 }[intent.to]
      const target = rows[Math.max(0, Math.min(rows.length - 1, next))]
      if (intent.extend && target) selectMany([row, target])
      return target?.focus()
    }
    case 'open':
      if (row.ariaExpanded === 'true') return rows[rows.indexOf(row) + 1]?.focus()
      if (row.ariaExpanded === 'false') outline.expand([key], true)
      return
    case 'close':
      if (row.ariaExpanded === 'true') return outline.expand([key], false)
      return rows.find((other) => keyOf(other) === row.dataset.of)?.focus()
    case 'properties':
      return openRow(row)
    case 'select':
      return selectRow(row, { isAdding: true })
    case 'unselect':
      return useSessionStore.getState().select([])
    case 'rename':
      if (row.dataset.tool !== undefined || row.dataset.toolGroup !== undefined || key.startsWith('note:'))
        outline.edit(key)
      return
    case 'delete':
      return deleteRow(key)
    case 'menu':
      if (row.querySelector(':scope > .outline-row .outline-more')) outline.showMenu(key)
      return
    case 'shift':
      if (row.dataset.tool !== undefined) shift(key, intent.by)
      return
    case 'find': {
      const at = rows.indexOf(row)
      const after = [...rows.slice(at + 1), ...rows.slice(0, at)]
      return after.find((other) => other.dataset.find?.toLowerCase().startsWith(intent.letter))?.focus()
    }
  }
}

/** Enter: the properties of what has some, a call in the trace, a note's text. */
function openRow(row: HTMLElement) {
  const key = keyOf(row)
  if (key.startsWith('#')) return openCall(Number(key.slice(1)))
  if (key.startsWith('note:')) return useOutline.getState().edit(key)
  if (row.dataset.toolGroup !== undefined) return selectRow(row, {})
  openProperties([row.ariaSelected === null ? (row.dataset.of ?? key) : key])
}

/** Selects a row: alone, beside what is selected, or with all rows up to the one that was reached before. */
export function selectRow(row: HTMLElement, { isAdding = false, isRange = false }) {
  if (row.ariaSelected === null) return
  const { selection, select } = useSessionStore.getState()
  const keys = selectedBy(row)
  if (isRange) {
    const tree = row.closest<HTMLElement>('[role="tree"]')
    const rows = tree ? rowsOf(tree) : []
    const [from, to] = [rows.findIndex((one) => selection.includes(keyOf(one))), rows.indexOf(row)]
    return selectMany(rows.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1))
  }
  if (!isAdding) return select(keys)
  const isAll = keys.every((key) => selection.includes(key))
  select(isAll ? selection.filter((one) => !keys.includes(one)) : [...new Set([...selection, ...keys])])
}

function selectMany(rows: readonly HTMLElement[]): void {
  const { selection, select } = useSessionStore.getState()
  const keys = rows.filter((row) => row.ariaSelected !== null).flatMap(selectedBy)
  select([...new Set([...selection, ...keys])])
}

/** What a row stands for among what is selected: a group for its tools. */
function selectedBy(row: HTMLElement): readonly string[] {
  const group = groupsOf(currentFlow()).find(({ id }) => id === row.dataset.toolGroup)
  return group ? group.tools : [keyOf(row)]
}

const rowsOf = (tree: HTMLElement) => [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')]
const keyOf = (row: HTMLElement) => row.dataset.row ?? ''
