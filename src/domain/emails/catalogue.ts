export type EmailId = string;
