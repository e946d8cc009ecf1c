export { valuesText, type CodedValue, type Column, type ColumnType } from './column';
export {
	columnIn,
	columnNamed,
	columnsOf,
	englishName,
	ROW_NUMBER,
	tableNames,
	tableOf,
} from './tables';
export {
	filterColumn,
	filterColumns,
	type Detail,
	type LineTable,
	type Register,
} from './register';
export { I04, N08, REGISTERS, registerOf, T03 } from './registers';
