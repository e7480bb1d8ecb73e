import { EXPORT_FORMATS, PROGRAM_FORMATS } from '@volley/shared/api.ts'
import { programOf } from '@volley/shared/flow/exportProgram.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import type { Documents } from '../deps.ts'
import { oneOf, onlyFile, readArguments } from './arguments.ts'
import { readFlow } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

const FORMATS = [...EXPORT_FORMATS, ...PROGRAM_FORMATS]

/** `volley export FLOW.json --format F`: the document, or its tools as that format's tool array, or a program, on standard output. */
export async function exportTools(argv: string[], terminal: Terminal, documents: Documents): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { format: { type: 'string' } })
  const file = onlyFile(positionals)
  if (values.format === undefined) throw new UsageError(`--format is missing: one of ${FORMATS.join(', ')}`)
  const format = oneOf('format', values.format, FORMATS)
  const read = await readFlow(terminal, file, { documents })
  if (!read) return EXIT.usage
  if (format === 'typescript') {
    terminal.out(programOf(read.document as FlowDocument))
    return EXIT.ok
  }
  const exported = format === 'volley' ? read.document : documents.export(read.flow, format)
  terminal.out(`${JSON.stringify(exported, null, 2)}\n`)
  return EXIT.ok
}
