import type { Overrides } from '@volley/shared/api.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { MOST_BYTES, parseDocumentText } from '@volley/shared/flow/parse.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import { err, type Result } from '@volley/shared/lib/result.ts'
import type { Documents } from '../deps.ts'
import { withOverrides } from '../starts/overrides.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** Reads a file whole. One that is not there, or may not be read, is bad usage. */
export function readBytes(terminal: Terminal, file: string): Promise<Uint8Array> {
  return terminal.readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`the file "${file}" cannot be read: ${REASONS[error.code ?? ''] ?? error.message}`)
  })
}

/** Writes a file whole. One that may not be written is bad usage. */
export function writeText(terminal: Terminal, file: string, text: string): Promise<void> {
  return terminal.writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`the file "${file}" cannot be written: ${REASONS[error.code ?? ''] ?? error.message}`)
  })
}

/** Reads a file as the JSON of a document. A file that is not there is bad usage; what is wrong inside are problems. */
async function readDocument(terminal: Terminal, file: string): Promise<Result<unknown, Problem[]>> {
  const bytes = await readBytes(terminal, file)
  const fault = (message: string) => err([{ pointer: '', message }])
  if (bytes.byteLength > MOST_BYTES) return fault('The document is larger than 5 MB: split it.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fault('The document is not UTF-8 text: save it as UTF-8.')
  }
  const json = parseDocumentText(text)
  return json.ok ? json : err(json.error.problems)
}

/**
 * Reads a file as a flow, with the parts of its agent that the command line replaces; null after saying what is wrong with it. `document`
 * is what was read, with these parts too.
 */
export async function readFlow(
  terminal: Terminal,
  file: string,
  { documents, overrides }: { documents: Pick<Documents, 'parse'>; overrides?: Overrides },
): Promise<{ document: unknown; flow: Flow } | null> {
  const read = await readDocument(terminal, file)
  const document = read.ok && overrides ? withOverrides(read.value, overrides) : read.ok && read.value
  const flow = read.ok ? documents.parse(document) : read
  if (flow.ok) return { document, flow: flow.value }
  printProblems(terminal, flow.error)
  return null
}

/** Problems as lines `pointer: message`; the whole document stands as `/`. */
function printProblems(terminal: Terminal, problems: readonly Problem[]): void {
  for (const { pointer, message } of problems) terminal.err(`${pointer || '/'}: ${message}\n`)
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not do that',
  EISDIR: 'it is a folder',
}
