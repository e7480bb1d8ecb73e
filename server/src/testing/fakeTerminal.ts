import { runCommandLine } from '../cli/main.ts'
import type { ExitCode, Terminal } from '../cli/terminal.ts'
import type { Parts } from '../deps.ts'
import { fakeParts } from './fakeParts.ts'

/** Runs a command line in this process, on files given as values; `interrupt` is called once the run goes on. */
export async function commandLine(
  args: string[],
  {
    files = {},
    variables = {},
    interrupt = false,
    parts = fakeParts,
    screen = null,
    answers = null,
  }: CommandLineOptions = {},
): Promise<{ code: ExitCode; out: string; err: string; written: Record<string, string> }> {
  let out = ''
  let err = ''
  const written: Record<string, string> = {}
  const left = answers && [...answers]
  const terminal: Terminal = {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    readFile: async (name) => {
      const value = files[name]
      if (value === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
      return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
    },
    writeFile: async (name, text) => {
      if (name.startsWith('/')) throw Object.assign(new Error('no'), { code: 'EACCES' })
      written[name] = text
    },
    screen: () => screen,
    ask:
      left &&
      (async (question) => {
        const answer = left.shift() ?? null
        err += `${question}${answer ?? ''}\n`
        return answer
      }),
    variables,
    cwd: '/',
    onInterrupt: (callback) => {
      const timer = interrupt ? setTimeout(callback, 20) : undefined
      return () => clearTimeout(timer)
    },
  }
  const code = await runCommandLine(args, terminal, parts)
  return { code, out, err, written }
}

interface CommandLineOptions {
  files?: Record<string, unknown>
  variables?: Record<string, string>
  interrupt?: boolean
  parts?: Parts
  /** Standard error is shown on a screen of this size. */
  screen?: { columns: number; rows: number } | null
  /** What a person at the terminal says when asked; null: there is none. */
  answers?: string[] | null
}
