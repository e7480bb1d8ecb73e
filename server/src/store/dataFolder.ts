import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreFault } from './storeFault.ts'

export interface DataFolder {
  path: string
  /** Gives the folder to the next server. */
  release(): void
}

/**
 * Makes the folder where it is missing (for this user alone) and takes it for this process. The lock is a second database file held
 * by an exclusive transaction: the system frees it however the process ends.
 */
export function takeDataFolder(folder: string, { waitMs = 2000 } = {}): DataFolder {
  try {
    makeFolder(folder)
  } catch (error) {
    throw new StoreFault(
      `the data folder ${folder} cannot be made (${(error as Error).message}): choose another with VOLLEY_DATA`,
    )
  }
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(path.join(folder, 'lock.db'), { timeout: waitMs })
    lock.exec('begin exclusive')
  } catch (error) {
    lock?.close()
    const isTaken = (error as { errcode?: number }).errcode === 5
    throw new StoreFault(
      isTaken
        ? `the data folder ${folder} is used by another Volley server: stop that one, or choose another folder with VOLLEY_DATA`
        : `the data folder ${folder} cannot be used (${(error as Error).message}): check its rights, or choose another with VOLLEY_DATA`,
      { cause: error },
    )
  }
  const held = lock
  return { path: folder, release: () => held.close() }
}

/** The text of a small private file of the folder (mode 0600); made with `make` when it is not there. */
export function keptText(folder: string, name: string, make: () => string): string {
  try {
    return textOfFile(path.join(folder, name), make)
  } catch (error) {
    const { message } = error as Error
    throw new StoreFault(
      `the file "${name}" in the data folder ${folder} cannot be read or written (${message}): check its rights and the room on the disk, or choose another folder with VOLLEY_DATA`,
      { cause: error },
    )
  }
}

function textOfFile(file: string, make: () => string): string {
  try {
    const text = readFileSync(file, 'utf8').trim()
    if (text) return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const text = make()
  const handle = openSync(file, 'w', 0o600)
  try {
    writeSync(handle, `${text}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return text
}

/** Makes a folder and those above it. (The recursive `mkdir` of node never ends where the system refuses with "not found".) */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return
    if (code !== 'ENOENT' || path.dirname(folder) === folder) throw error
    makeFolder(path.dirname(folder))
    mkdirSync(folder, { mode: 0o700 })
  }
}
