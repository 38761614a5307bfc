# METADATA
# title: Mutating webhooks
# description: Lists the webhooks that see requests to the API server and may change them.
# scope: package
# custom:
#   kinds: [admissionregistration.k8s.io/MutatingWebhookConfiguration]
package armo_builtins

import data.holdfast.lib.admission_webhook
import rego.v1

deny contains finding if {
	some finding in admission_webhook.findings("MutatingWebhookConfiguration", "reads and may change requests")
}
