import { err, ok, type Result } from '../lib/result.ts'

/** A row, and the line of the text it begins at, from 1. */
export interface CsvRow {
  line: number
  cells: string[]
}

/**
 * Reads comma-separated values (RFC 4180): cells in double quotes may hold commas, line ends and doubled quotes. Rows without any text
 * are left out. Tells the line of a quote that is never closed, or that stands inside a cell.
 */
export function parseCsv(text: string): Result<CsvRow[], { line: number; message: string }> {
  const rows: CsvRow[] = []
  const source = text.replace(/^\uFEFF/, '')
  let line = 1
  let at = 0
  while (at < source.length) {
    const row: CsvRow = { line, cells: [] }
    for (;;) {
      const cell = source[at] === '"' ? quotedCell(source, at) : plainCell(source, at)
      if (!cell) return err({ line, message: 'a cell begins with a double quote that is never closed' })
      row.cells.push(cell.text)
      line += linesIn(source.slice(at, cell.end))
      at = cell.end
      if (source[at] === ',') {
        at++
        continue
      }
      if (at < source.length && source[at] !== '\n' && source[at] !== '\r')
        return err({ line, message: 'text follows the closing double quote of a cell: double the quotes inside it' })
      break
    }
    if (source[at] === '\r') at++
    if (source[at] === '\n') at++
    line++
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row)
  }
  return ok(rows)
}

function plainCell(source: string, from: number): { text: string; end: number } {
  let end = from
  while (end < source.length && source[end] !== ',' && source[end] !== '\n' && source[end] !== '\r') end++
  return { text: source.slice(from, end), end }
}

function quotedCell(source: string, from: number): { text: string; end: number } | null {
  for (let at = from + 1; ; at += 2) {
    at = source.indexOf('"', at)
    if (at < 0) return null
    if (source[at + 1] !== '"') return { text: source.slice(from + 1, at).replaceAll('""', '"'), end: at + 1 }
  }
}

const linesIn = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0
