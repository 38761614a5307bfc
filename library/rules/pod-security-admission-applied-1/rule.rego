# METADATA
# title: Namespaces without admission control
# description: Namespaces that neither enforce a Pod Security Standard nor are watched by a validating webhook or policy.
# scope: package
# custom:
#   kinds: [Namespace, admissionregistration.k8s.io/ValidatingWebhookConfiguration, admissionregistration.k8s.io/ValidatingAdmissionPolicy, admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding]
package armo_builtins

import data.holdfast.lib.pod_security_admission
import rego.v1

deny contains finding if some finding in pod_security_admission.findings_uncontrolled({"ValidatingWebhookConfiguration"})
