import { err, ok, type Result } from '../lib/result.ts'
import { listOr } from '../lib/words.ts'
import { parseCsv } from './parseCsv.ts'
import { collectCases, type ReadCases, readCase } from './readCases.ts'
import type { TestCase } from './testCase.ts'

const JSON_COLUMNS = ['messages', 'calls', 'json'] as const
const TEXT_COLUMNS = ['id', 'name', 'input', 'tools', 'contains', 'equals', 'regex', 'judge'] as const
const COLUMNS = [...TEXT_COLUMNS, ...JSON_COLUMNS] as const
type Column = (typeof COLUMNS)[number]
const VARIABLE = 'variables.'

/**
 * Reads a table of cases. The first row names the columns: `input`, and where wanted `id` (else `case-1`, …), `name`, `variables.NAME`,
 * `tools` (names of the tools that must be called, whatever their arguments, with spaces between), `calls` and `messages` (JSON, as in a
 * case), `contains`, `equals`, `regex`, `json`, `judge` (of the answer). An empty cell asks for nothing.
 */
export function readCsvCases(text: string): ReadCases {
  const rows = parseCsv(text)
  if (!rows.ok) return { cases: [], faults: [rows.error] }
  const [head, ...body] = rows.value
  const columns = head?.cells.map((cell) => cell.trim()) ?? []
  const fault = headFault(columns)
  if (fault !== null) return { cases: [], faults: [{ line: head?.line ?? 1, message: fault }] }
  return collectCases(body.map(({ line, cells }, at) => ({ line, read: readRow(columns, cells, at + 1) })))
}

function headFault(columns: readonly string[]): string | null {
  const twin = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twin !== undefined) return `two columns are called "${twin}"`
  const stray = columns.find(
    (column) => !isColumn(column) && !(column.startsWith(VARIABLE) && column.length > VARIABLE.length),
  )
  if (stray !== undefined) return `there is no column "${stray}": name it ${listOr([...COLUMNS, `${VARIABLE}NAME`])}`
  return columns.includes('input') ? null : 'the column "input" is missing'
}

function readRow(columns: readonly string[], cells: readonly string[], number: number): Result<TestCase, string> {
  if (cells.length > columns.length)
    return err(`it has ${cells.length} cells, and the first row names ${columns.length}`)
  const cellOf = (column: Column) => cells[columns.indexOf(column)] ?? ''
  const variables = columns.flatMap((column, at) =>
    column.startsWith(VARIABLE) && cells[at] ? [[column.slice(VARIABLE.length), cells[at]] as const] : [],
  )
  const json: Partial<Record<Column, unknown>> = {}
  for (const column of JSON_COLUMNS) {
    const read = jsonIn(column, cellOf(column))
    if (!read.ok) return read
    json[column] = read.value
  }
  const tools = cellOf('tools')
    .split(/[\s,;]+/)
    .filter(Boolean)
  if (tools.length > 0 && json.calls !== undefined)
    return err('it has both "tools" and "calls": one of them says what is expected')
  const calls = json.calls ?? (tools.length > 0 ? tools.map((tool) => ({ tool })) : undefined)
  const answer = [
    ...textCheck('contains', 'text', cellOf('contains')),
    ...textCheck('equals', 'text', cellOf('equals')),
    ...textCheck('regex', 'pattern', cellOf('regex')),
    ...(json.json === undefined ? [] : [{ kind: 'json', value: json.json }]),
    ...textCheck('judge', 'rubric', cellOf('judge')),
  ]
  return readCase({
    id: cellOf('id').trim() || `case-${number}`,
    ...(cellOf('name') ? { name: cellOf('name') } : {}),
    input: cellOf('input'),
    ...(variables.length > 0 ? { variables: Object.fromEntries(variables) } : {}),
    ...(json.messages === undefined ? {} : { messages: json.messages }),
    expected: { ...(calls === undefined ? {} : { calls }), ...(answer.length > 0 ? { answer } : {}) },
  })
}

const textCheck = (kind: string, key: string, cell: string) => (cell === '' ? [] : [{ kind, [key]: cell }])

function jsonIn(column: string, cell: string): Result<unknown, string> {
  if (cell.trim() === '') return ok(undefined)
  try {
    return ok(JSON.parse(cell))
  } catch {
    return err(`its cell "${column}" is no JSON`)
  }
}

const isColumn = (column: string): column is Column => (COLUMNS as readonly string[]).includes(column)
