// Command opa-answers tells what OPA makes of small programs. It reads one question a line on standard input and writes one answer a line,
// in the same order, until its input ends.
//
// A question is {"modules": [TEXT], "version": "v0"|"v1", "query": TEXT, "data"?, "input"?, "inputTerm"?, "strict"?}; with strict, an
// error of a builtin ends the evaluation. An answer is {"result": [BINDINGS]}, with sets as sorted arrays, or {"error": {"code", "message"}}
// with the first error; an evaluation that takes longer than ten seconds is the error "timeout".
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type question struct {
	Modules   []string        `json:"modules"`
	Version   string          `json:"version"`
	Query     string          `json:"query"`
	Data      map[string]any  `json:"data"`
	Input     json.RawMessage `json:"input"`
	InputTerm string          `json:"inputTerm"`
	Strict    bool            `json:"strict"`
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			return
		}
		text, failed := json.Marshal(answerTo(line))
		if failed != nil {
			text, _ = json.Marshal(failedWith("answer", failed))
		}
		output.Write(append(text, '\n'))
		if lines.Buffered() == 0 {
			output.Flush()
		}
	}
}

func answerTo(line []byte) (given map[string]any) {
	defer func() {
		if panicked := recover(); panicked != nil {
			given = failedWith("panic", fmt.Errorf("%v", panicked))
		}
	}()
	var asked question
	if err := unmarshal(line, &asked); err != nil {
		return failedWith("question", err)
	}
	result, err := evaluate(asked)
	if err != nil {
		return failedWith(codeOf(err), err)
	}
	bindings := []rego.Vars{}
	for _, one := range result {
		bindings = append(bindings, one.Bindings)
	}
	return map[string]any{"result": bindings}
}

func evaluate(asked question) (rego.ResultSet, error) {
	version := ast.RegoV1
	if asked.Version == "v0" {
		version = ast.RegoV0
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	data := asked.Data
	if data == nil {
		data = map[string]any{}
	}
	options := []func(*rego.Rego){
		rego.Query(asked.Query),
		rego.SetRegoVersion(version),
		rego.Store(inmem.NewFromObject(data)),
		rego.StrictBuiltinErrors(asked.Strict),
	}
	for i, text := range asked.Modules {
		options = append(options, rego.Module(fmt.Sprintf("%d.rego", i), text))
	}
	prepared, err := rego.New(options...).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	evaluation := []rego.EvalOption{}
	switch {
	case asked.InputTerm != "":
		term, err := ast.ParseTerm(asked.InputTerm)
		if err != nil {
			return nil, err
		}
		evaluation = append(evaluation, rego.EvalParsedInput(term.Value))
	case len(asked.Input) > 0:
		var input any
		if err := unmarshal(asked.Input, &input); err != nil {
			return nil, err
		}
		value, err := ast.InterfaceToValue(input)
		if err != nil {
			return nil, err
		}
		evaluation = append(evaluation, rego.EvalParsedInput(value))
	}
	return prepared.Eval(ctx, evaluation...)
}

func failedWith(code string, err error) map[string]any {
	return map[string]any{"error": failure{code, err.Error()}}
}

func codeOf(err error) string {
	var several ast.Errors
	var many rego.Errors
	var one *ast.Error
	var evaluating *topdown.Error
	switch {
	case errors.As(err, &several) && len(several) > 0:
		return several[0].Code
	case errors.As(err, &many) && len(many) > 0:
		return codeOf(many[0])
	case errors.As(err, &one):
		return one.Code
	case errors.As(err, &evaluating):
		if evaluating.Code == topdown.CancelErr {
			return "timeout"
		}
		return evaluating.Code
	}
	return "other"
}

// Numbers keep their text.
func unmarshal(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}
