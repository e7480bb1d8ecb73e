import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { lazy, type ReactNode, Suspense, useState } from 'react'

const AddToDataSetDialog = lazy(() =>
  import('./AddToDataSetDialog.tsx').then((module) => ({ default: module.AddToDataSetDialog })),
)

/** Puts a case into a data set of one's choice. The dialog stands somewhere on the page. */
export function useAddToDataSet(): { add: (testCase: TestCase) => void; dialog: ReactNode } {
  const [testCase, setTestCase] = useState<TestCase | null>(null)
  return {
    add: setTestCase,
    dialog: (
      <Suspense>{testCase && <AddToDataSetDialog testCase={testCase} onClose={() => setTestCase(null)} />}</Suspense>
    ),
  }
}
