import { readRow } from '@volley/shared/evals/bfcl/readRow.ts'
import { bfclVerdict } from '@volley/shared/evals/bfcl/verdict.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { readBytes } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal } from './terminal.ts'

/**
 * Judges recorded answers as the official checker of the Berkeley Function Calling Leaderboard does: a case a line in, and for each of its
 * candidates a line out. A line that cannot be read is named, and costs that line alone; the exit code then is that of bad input.
 */
export async function score(argv: string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals } = readArguments(argv, {})
  const file = onlyFile(positionals)
  const lines = new TextDecoder().decode(await readBytes(terminal, file)).split(/\r?\n/)
  let unread = 0
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const row = readRow(line)
    if (!row.ok) {
      unread++
      terminal.err(`volley: ${file}, line ${at + 1}: ${row.error}\n`)
      continue
    }
    for (const { n, dotsToUnderscores, calls } of row.value.candidates) {
      const verdict = bfclVerdict(row.value.case, calls, { dotsToUnderscores })
      terminal.out(`${JSON.stringify({ id: row.value.id, n, ...verdict })}\n`)
    }
  }
  return unread > 0 ? EXIT.usage : EXIT.ok
}
