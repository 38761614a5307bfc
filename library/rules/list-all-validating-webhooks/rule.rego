# METADATA
# title: Validating webhooks
# description: Lists the webhooks that see requests to the API server and may refuse them.
# scope: package
# custom:
#   kinds: [admissionregistration.k8s.io/ValidatingWebhookConfiguration]
package armo_builtins

import data.holdfast.lib.admission_webhook
import rego.v1

deny contains finding if {
	some finding in admission_webhook.findings("ValidatingWebhookConfiguration", "reads and may refuse requests")
}
