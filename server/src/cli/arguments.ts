import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { UsageError } from './terminal.ts'

/** Reads a command's arguments; what it does not know is bad usage. */
export function readArguments<Options extends ParseArgsOptionsConfig>(argv: string[], options: Options) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0] ?? '')
  }
}

/** The one file a command is given. */
export function onlyFile(positionals: readonly string[]): string {
  const [file, ...more] = positionals
  if (file === undefined) throw new UsageError('the file of the flow is missing')
  if (more.length > 0) throw new UsageError(`one file is enough: "${more.join('", "')}" is too much`)
  return file
}

/** One of several words, for an option that takes no other. */
export function oneOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === given)
  if (word === undefined) throw new UsageError(`--${option} "${given}" is none of ${words.join(', ')}`)
  return word
}
