/** A fault in a document: where it is (JSON Pointer), and a sentence that names the thing and the way out. */
export interface Problem {
  pointer: string
  message: string
}
