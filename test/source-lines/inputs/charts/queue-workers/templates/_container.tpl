{{- define "queue-workers.container" -}}
- name: worker
  image: {{ printf "%s/worker:%s" .root.Values.registry .worker.tag }}
  imagePullPolicy: {{ .worker.pullPolicy }}
  args:
    - --queue={{ .worker.queue }}
  env:
    - name: BROKER_URL
      value: {{ tpl .root.Values.brokerUrl .root | quote }}
  securityContext:
    {{- toYaml .worker.securityContext | nindent 4 }}
  resources:
    {{- toYaml .worker.resources | nindent 4 }}
{{- end -}}
