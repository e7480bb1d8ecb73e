import type { Parts } from '../deps.ts'
import { evaluate } from './eval.ts'
import { exportTools } from './export.ts'
import { format } from './format.ts'
import { mcp } from './mcp.ts'
import { migrate, move } from './migrate.ts'
import { replay } from './replay.ts'
import { run } from './run.ts'
import { score } from './score.ts'
import { serve } from './serve.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { validate } from './validate.ts'

type Command = (argv: string[], terminal: Terminal, parts: Parts) => Promise<ExitCode>

const COMMANDS: Record<string, { usage: string; perform: Command }> = {
  serve: { usage: 'serve [--role all|web|worker]', perform: serve },
  run: {
    usage:
      'run FLOW.json --input TEXT [--var k=v] [--provider P] [--model M] [--parallelism serial|batch|graph] [--json | --events]',
    perform: run,
  },
  validate: {
    usage: 'validate FLOW.json',
    perform: (argv, terminal, { documents }) => validate(argv, terminal, documents),
  },
  export: {
    usage: 'export FLOW.json --format volley|openai|openai-chat|anthropic|mcp|typescript',
    perform: (argv, terminal, { documents }) => exportTools(argv, terminal, documents),
  },
  eval: {
    usage:
      'eval FLOW.json CASES.jsonl|CASES.csv [--answers FILE] [--min-f1 N] [--max-turns N] … [--against REPORT.json] [--repeat N] [--concurrency N] [--tools live|mocked] [--var k=v] [--provider P] [--model M] [--parallelism serial|batch|graph] [--json] [--junit FILE]',
    perform: evaluate,
  },
  fmt: {
    usage: 'fmt FLOW.json [--check | --write]',
    perform: (argv, terminal, { documents }) => format(argv, terminal, documents),
  },
  replay: { usage: 'replay RUN.jsonl [--json]', perform: replay },
  mcp: { usage: 'mcp FLOW.json', perform: mcp },
  migrate: { usage: 'migrate', perform: migrate },
  move: { usage: 'move [--from FOLDER] --to postgres://…', perform: move },
  score: { usage: 'score CASES.jsonl', perform: score },
}

/** Runs one command line to its end, and answers the exit code. */
export async function runCommandLine(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out(usage())
    return EXIT.ok
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    terminal.err(
      `volley: ${name === undefined ? 'the command is missing' : `there is no command "${name}"`}\n${usage()}`,
    )
    return EXIT.usage
  }
  try {
    return await command.perform(rest, terminal, parts)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    terminal.err(`volley: ${error.message}\nusage: volley ${command.usage}\n`)
    return EXIT.usage
  }
}

function usage(): string {
  const lines = Object.values(COMMANDS).map((command) => `  volley ${command.usage}\n`)
  return `usage:\n${lines.join('')}`
}
