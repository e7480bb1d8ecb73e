import { runCommandLine } from '../cli/main.ts'
import type { ExitCode, Terminal } from '../cli/terminal.ts'
import { fakeParts } from './fakeParts.ts'

/** Runs a command line in this process, on files given as values; `interrupt` is called once the run goes on. */
export async function commandLine(
  args: string[],
  { files = {}, variables = {}, interrupt = false }: CommandLineOptions = {},
): Promise<{ code: ExitCode; out: string; err: string }> {
  let out = ''
  let err = ''
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
    variables,
    cwd: '/',
    onInterrupt: (callback) => {
      const timer = interrupt ? setTimeout(callback, 20) : undefined
      return () => clearTimeout(timer)
    },
  }
  const code = await runCommandLine(args, terminal, fakeParts)
  return { code, out, err }
}

interface CommandLineOptions {
  files?: Record<string, unknown>
  variables?: Record<string, string>
  interrupt?: boolean
}
