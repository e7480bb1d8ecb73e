export { DataSetPage } from './DataSetPage.tsx'
export { DataSetsTab } from './DataSetsTab.tsx'
