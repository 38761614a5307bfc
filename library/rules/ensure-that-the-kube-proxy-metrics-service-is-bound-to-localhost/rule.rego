# METADATA
# title: Metrics of kube-proxy open to the network
# description: Finds configurations of kube-proxy whose metrics answer on other addresses than the node's own loopback.
# scope: package
# custom:
#   kinds: [ConfigMap]
package armo_builtins

import rego.v1

import data.holdfast.lib.kube_proxy

deny contains finding if {
	some obj in input
	config := kube_proxy.config(obj)
	not local(config)
	finding := {
		"alertMessage": sprintf("ConfigMap %s doesn't bind the metrics of kube-proxy to the loopback address", [obj.metadata.name]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": ["data"],
		"reviewPaths": ["data"],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The setting is a line in the text of a file: set metricsBindAddress to 127.0.0.1:10249 there, and restart the pods of kube-proxy.",
	}
}

# An empty address, which kubeadm writes, is the loopback address as well.
local(config) if regex.match(`^(|(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?)$`, config.metricsBindAddress)
