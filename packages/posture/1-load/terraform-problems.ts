import type { ProblemCatalogue } from "@holdfast/core";

/** Codes of what can go wrong with Terraform's files. */
export type TerraformProblemCode = "hcl-syntax" | "terraform-unknown" | "terraform-partial";

/** What reading Terraform can lose. */
export const TERRAFORM_PROBLEMS: ProblemCatalogue<TerraformProblemCode> = {
  "hcl-syntax": {
    stage: "load",
    effect: "lost",
    title: "A Terraform file can't be read",
    explanation: "The file is not valid in Terraform's language, so none of the Kubernetes objects in it was judged.",
    remedy: "Correct the file at this line; `terraform validate` says more.",
  },
  "terraform-unknown": {
    stage: "load",
    effect: "lost",
    title: "What a Terraform resource makes can't be told from its text",
    explanation:
      "Literals, variables with defaults and locals are read; what other expressions give, such as attributes of other resources, functions, conditions and dynamic blocks, is not guessed. A setting of this object is one of them, or the resource's type is not one that is known here, so it was not judged.",
    remedy: "Scan the cluster that it is applied to; or give the setting as a literal, or by a variable with a default.",
  },
  "terraform-partial": {
    stage: "load",
    effect: "partial",
    title: "A text or the number of a Terraform resource is only known when it is applied",
    explanation:
      "A name, a label, an image, the value of a variable or another text of this object is an expression that is not guessed, or so is how many of it there are (`count`, `for_each`), and then one was judged. Rules that look at the text can decide nothing (`value-unknown`); all others have judged the object.",
    remedy: "Scan the cluster that it is applied to, if the text matters.",
  },
};
