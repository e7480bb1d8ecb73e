import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from './parseCsv.ts'

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

test('whatever was written as cells is read as the same cells, whatever the line ends', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'ü') })
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
      const read = parseCsv(table.map((row) => row.map(quoted).join(',')).join(end))
      expect(read.ok && read.value.map(({ cells }) => cells)).toEqual(
        table.filter((row) => row.some((one) => one.trim() !== '')),
      )
    }),
  )
})
