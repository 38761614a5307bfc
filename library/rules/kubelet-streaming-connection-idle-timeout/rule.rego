# METADATA
# title: Kubelets that keep idle connections forever
# description: Finds nodes whose kubelet never closes idle connections of exec, attach and port-forward.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	timeout := kubelet.effective(info, {
		"flag": "--streaming-connection-idle-timeout",
		"field": ["streamingConnectionIdleTimeout"],
		"inFile": "4h",
		"byDefault": "4h",
	})
	endless(timeout)
	finding := kubelet.finding(info, timeout, "never closes idle connections", "set streamingConnectionIdleTimeout there to a time such as 5m, drop --streaming-connection-idle-timeout from its command line, and restart it.")
}

endless(timeout) if timeout.value in {0, kubelet.unread}

# Zero on the command line. In the file the kubelet takes "0s" for its default of four hours.
endless(timeout) if {
	timeout.paths == []
	regex.match(`^(0(ns|us|ms|s|m|h)?)+$`, timeout.value)
}
