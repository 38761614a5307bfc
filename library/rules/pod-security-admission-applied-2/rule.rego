# METADATA
# title: Namespaces without admission control of any kind
# description: Namespaces that neither enforce a Pod Security Standard nor are watched by a webhook or policy, be it mutating or validating.
# scope: package
# custom:
#   kinds: [Namespace, admissionregistration.k8s.io/ValidatingWebhookConfiguration, admissionregistration.k8s.io/ValidatingAdmissionPolicy, admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding, admissionregistration.k8s.io/MutatingWebhookConfiguration]
#   supersededBy: pod-security-admission-applied-1
package armo_builtins

import data.holdfast.lib.pod_security_admission
import rego.v1

# A cluster whose engine only validates has a policy all the same.
deny contains finding if some finding in pod_security_admission.findings_uncontrolled({"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"})
