/** The folder of suites, corpora and facts that the project is measured with; null where it is not at hand. */
export declare const sharedFolder: string | null;
