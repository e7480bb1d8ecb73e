/** The store cannot do what it was asked: a full disk, a locked folder. The message says what to do about it. */
export class StoreFault extends Error {
  override name = 'StoreFault'
}

/** A fault of SQLite in a sentence a person can act on; our own mistakes pass unchanged. */
export function explainFault(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  const primary = Number(error.errcode) & 0xff
  const reason = REASONS[primary]
  return reason ? new StoreFault(`${reason} (${where})`, { cause: error }) : error
}

// SQLite's primary result codes.
const REASONS: Record<number, string> = {
  5: 'the data folder is used by another program: stop it',
  8: 'the data folder cannot be written to: give this user the right to write there',
  10: 'the data folder could not be read or written: check the disk',
  11: 'the data is damaged: restore the folder from a backup',
  13: 'the disk is full: make room, then try again; what was saved before is kept',
  14: 'the data folder cannot be opened: check that it exists and that this user may write there',
  26: 'the file volley.db is no database: move it away, or choose another folder with VOLLEY_DATA',
}
