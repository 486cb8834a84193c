export function program(root: string, entry: string, folder: string): Promise<string>;
