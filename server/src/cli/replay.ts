import { readRunLines } from '@volley/shared/run/readRunLines.ts'
import { recordOf } from '@volley/shared/run/record.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import type { Parts } from '../deps.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { closingLine, onOneLine } from './print.ts'
import { readBytes } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal } from './terminal.ts'
import { volleyLines } from './volleyLines.ts'

const COLUMNS = 100

/**
 * `volley replay RUN.jsonl`: rebuilds runs from their lines, runs nothing, and shows them as text, or with `--json` their records, one a
 * line.
 */
export async function replay(argv: string[], terminal: Terminal, { documents }: Parts): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { json: { type: 'boolean' } })
  const file = onlyFile(positionals)
  const read = readRunLines(new TextDecoder().decode(await readBytes(terminal, file)))
  if (!read.ok || read.value.length === 0) {
    terminal.err(`volley: ${file}${read.ok ? ' holds no runs' : `, line ${read.error.line}: ${read.error.message}`}\n`)
    return EXIT.usage
  }
  for (const [at, { run, document }] of read.value.entries()) {
    // Findings compare a run with its document; without one, or with one of another version, the run is shown as it is.
    const flow = document === null ? null : documents.parse(document)
    const record = recordOf(run, flow?.ok ? findingsOf(run, flow.value) : [])
    if (values.json) {
      terminal.out(`${JSON.stringify(record)}\n`)
      continue
    }
    const lines = [
      ...(at > 0 ? [''] : []),
      ...volleyLines(run, { now: run.at, columns: terminal.screen()?.columns ?? COLUMNS }),
      closingLine(record),
      ...(record.error ? [onOneLine(record.error.message)] : []),
      ...record.findings.map(({ code, message }) => onOneLine(`${code}: ${message}`)),
      ...(record.output === null ? [] : [record.output.replaceAll(/[^\P{Cc}\n\t]/gu, ' ')]),
    ]
    terminal.out(`${lines.join('\n')}\n`)
  }
  return EXIT.ok
}
