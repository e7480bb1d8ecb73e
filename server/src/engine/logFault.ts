/**
 * A fault of a log that can pass: a full disk, a locked folder. Only such an append is offered again; any other fault is of our own making
 * and would come back for ever.
 */
export class PassingFault extends Error {
  override name = 'PassingFault'
}
