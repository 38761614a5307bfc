# METADATA
# title: Admission webhooks
# description: Configurations of webhooks that the API server asks about requests, for a person to look at.
package holdfast.lib.admission_webhook

import rego.v1

# A finding for each configuration of a kind that has a webhook. `power` says what its webhooks can do.
findings(kind, power) := {finding |
	some configuration in input
	configuration.kind == kind
	count(configuration.webhooks) > 0
	finding := {
		"alertMessage": sprintf("%s %s %s: %s", [
			kind,
			configuration.metadata.name,
			power,
			concat(", ", [label(webhook) | some webhook in configuration.webhooks]),
		]),
		"alertObject": {"k8sApiObjects": [configuration]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether the webhook is one of yours can't be seen here. Once you know that it is, except it by name.",
	}
}

# "check.example.com (service shop/checker)", for messages.
label(webhook) := sprintf("%v (%s)", [object.get(webhook, "name", "without a name"), target(webhook)])

target(webhook) := sprintf("service %v/%v", [service.namespace, service.name]) if service := webhook.clientConfig.service

else := url if url := webhook.clientConfig.url

else := "no address"
