import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = path.join(import.meta.dirname, '../..')

/** A package of Volley's own, which the bench does not install again. */
export async function fromRoot<Module>(name: string, workspace = '.'): Promise<Module> {
  const file = createRequire(path.join(ROOT, workspace, 'package.json')).resolve(name)
  return (await import(pathToFileURL(file).href)) as Module
}
