import type { Documents } from '../deps.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { readFlow } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal } from './terminal.ts'

/** `volley validate FLOW.json`: says what is wrong with a document, all faults together; runs and fetches nothing. */
export async function validate(argv: string[], terminal: Terminal, documents: Documents): Promise<ExitCode> {
  const file = onlyFile(readArguments(argv, {}).positionals)
  if (!(await readFlow(terminal, file, { documents }))) return EXIT.usage
  terminal.out(`${file} is valid.\n`)
  return EXIT.ok
}
