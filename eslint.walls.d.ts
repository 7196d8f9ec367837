import type { Linter } from 'eslint';

export interface Wall {
  readonly room: string;
  readonly may: readonly string[];
  readonly why: string;
}
export declare const WALLS: readonly Wall[];
export declare function wallOf(path: string): Wall | undefined;
export declare function mayImport(importer: string, target: string): boolean;
export declare function walls(): Linter.Config[];
