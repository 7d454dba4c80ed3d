/** Everything that a job which draws a paper keeps in storage. */
export const paperFolder = (event: string, job: string) => `${event}/paper/${job}/`
