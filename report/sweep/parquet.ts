/**
 * Rows of a sweep as an Apache Parquet file (format 2, Snappy), one row group a thousand rows and then larger ones. Equal rows
 * give equal bytes. Rows are those of the JSON lines, so both files hold the same numbers.
 */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { sweepColumns } from './columns.ts';
import type { SweepRow } from './row.ts';

export function sweepParquet(rows: readonly SweepRow[], about: Readonly<Record<string, string>>): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: sweepColumns.map(({ name, type }) => ({
      name,
      type,
      data: rows.map((row) => row[name]),
      nullable: true,
    })),
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: about.tool,
  });
  return new Uint8Array(buffer);
}
