import { PassingFault } from '../engine/ports.ts'

/** The store cannot do what it was asked: a full disk, a locked folder. The sentence says what to do about it. */
export class StoreFault extends PassingFault {
  override name = 'StoreFault'
  /** What happened and the way out, without a path of this machine in it: it may be shown to whoever asked. */
  sentence: string

  constructor(sentence: string, { where, cause }: { where?: string; cause?: unknown } = {}) {
    super(where === undefined ? sentence : `${sentence} (${where})`, { cause })
    this.sentence = sentence
  }
}

/** A fault of SQLite in a sentence a person can act on; our own mistakes pass unchanged. */
export function explainFault(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  const primary = Number(error.errcode) & 0xff
  const sentence = SENTENCES[primary]
  return sentence ? new StoreFault(sentence, { where, cause: error }) : error
}

// By SQLite's primary result code.
const SENTENCES: Record<number, string> = {
  5: 'the data folder is used by another program: stop it',
  8: 'the data folder cannot be written to: give this user the right to write there',
  10: 'the data folder could not be read or written: check the disk',
  11: 'the data is damaged: restore the folder from a backup',
  13: 'the disk is full: make room, then try again; what was saved before is kept',
  14: 'the data folder cannot be opened: check that it exists and that this user may write there',
  26: 'the file volley.db is no database: move it away, or choose another folder with VOLLEY_DATA',
}
