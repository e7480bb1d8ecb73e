import { canonicalText } from '@volley/shared/flow/canonical.ts'
import type { Documents } from '../deps.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { readBytes, readFlow, writeText } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

/**
 * `volley fmt FLOW.json`: the document in its canonical order on standard output; `--write` puts it into the file, `--check` only says
 * whether the file has it, by the exit code.
 */
export async function format(argv: string[], terminal: Terminal, documents: Documents): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { check: { type: 'boolean' }, write: { type: 'boolean' } })
  const file = onlyFile(positionals)
  if (values.check && values.write) throw new UsageError('give either --check or --write')
  const read = await readFlow(terminal, file, { documents })
  if (!read) return EXIT.usage
  const text = canonicalText(read.document, read.flow)
  if (!values.check && !values.write) {
    terminal.out(text)
    return EXIT.ok
  }
  if (new TextDecoder().decode(await readBytes(terminal, file)) === text) return EXIT.ok
  if (values.check) {
    terminal.err(`${file} is not in canonical order: volley fmt ${file} --write puts it there.\n`)
    return EXIT.failed
  }
  await writeText(terminal, file, text)
  terminal.err(`${file} was put in order.\n`)
  return EXIT.ok
}
