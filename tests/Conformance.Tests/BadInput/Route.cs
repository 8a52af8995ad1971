namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>A route with a request that it serves.</summary>
/// <param name="Body">Valid JSON; empty for GET.</param>
internal sealed record Route(Dialect Dialect, string Verb, string Path, string Body = "")
{
    private const string Chat =
        """{"model":"gemini-2.5-flash","messages":[{"role":"system","content":"be kind"},{"role":"user","name":"u","content":[{"type":"text","text":"get_weather"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}},{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Paris\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"{\"degrees\":20}"},{"role":"user","content":"and now?"}],"tools":[{"type":"function","function":{"name":"get_weather","description":"d","strict":true,"parameters":{"type":"object","properties":{"city":{"type":["string","null"],"enum":["a","b"]},"days":{"type":"array","items":{"$ref":"#/$defs/day"}}},"required":["city"],"$defs":{"day":{"type":"integer","minimum":1}}}}}],"tool_choice":{"type":"function","function":{"name":"get_weather"}},"temperature":0.5,"top_p":0.9,"n":1,"stop":["never"],"max_completion_tokens":50,"presence_penalty":0,"frequency_penalty":0,"logit_bias":{"5":1},"seed":7,"user":"somebody","metadata":{"a":"b"},"parallel_tool_calls":true,"reasoning_effort":"low","stream":false,"stream_options":{"include_usage":true},"logprobs":false,"top_logprobs":0,"modalities":["text"],"extra_body":{"google":{"thinking_config":{"thinking_budget":10}}}}""";

    private const string Structured =
        """{"model":"gemini-3.6-flash","messages":[{"role":"developer","content":[{"type":"text","text":"be brief"}]},{"role":"user","content":"Who?"}],"response_format":{"type":"json_schema","json_schema":{"name":"person","strict":true,"schema":{"type":"object","properties":{"name":{"type":"string","pattern":"^a"},"tags":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"number"}]}}},"required":["name"],"additionalProperties":false}}},"stream":true,"max_tokens":100,"functions":[{"name":"f","parameters":{}}],"function_call":"none"}""";

    private const string Native =
        """{"contents":[{"role":"user","parts":[{"text":"weather"},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]},{"role":"model","parts":[{"text":"yes","thoughtSignature":"AAAA"}]},{"role":"user","parts":[{"text":"go on"}]}],"systemInstruction":{"parts":[{"text":"be kind"}]},"tools":[{"functionDeclarations":[{"name":"weather","description":"d","parameters":{"type":"OBJECT","properties":{"city":{"type":"STRING"}}}}]}],"toolConfig":{"functionCallingConfig":{"mode":"AUTO"}},"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}],"generationConfig":{"temperature":0.5,"topP":0.9,"topK":4,"candidateCount":1,"maxOutputTokens":50,"stopSequences":["never"],"thinkingConfig":{"thinkingBudget":10,"includeThoughts":true}}}""";

    private const string Embedding = """{"model":"gemini-embedding-001","input":["one","two"],"dimensions":256,"encoding_format":"base64","user":"u"}""";

    private const string Message =
        """{"model":"claude-sonnet-5","max_tokens":2000,"system":[{"type":"text","text":"be kind","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"get_weather"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},{"type":"document","title":"t","source":{"type":"text","media_type":"text/plain","data":"plain"}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"gemini:AAAA"},{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Paris"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":false,"content":[{"type":"text","text":"20"}]},{"type":"text","text":"and now?"}]}],"tools":[{"name":"get_weather","description":"d","input_schema":{"type":"object","properties":{"city":{"type":["string","null"]},"days":{"type":"array","items":{"type":"integer"}}},"required":["city"]}}],"tool_choice":{"type":"auto","disable_parallel_tool_use":true},"thinking":{"type":"enabled","budget_tokens":1024},"output_config":{"effort":"low"},"temperature":1,"top_p":0.9,"top_k":5,"stop_sequences":["never"],"stream":false,"metadata":{"user_id":"u"},"mcp_servers":[]}""";

    private const string Interaction =
        """{"model":"models/gemini-2.5-flash","input":[{"type":"user_input","content":[{"type":"text","text":"weather"},{"type":"image","data":"iVBORw0KGgo=","mime_type":"image/png"}]},{"type":"model_output","content":[{"type":"text","text":"yes"}]},{"type":"function_call","id":"c1","name":"weather","arguments":{"city":"Paris"},"signature":"AAAA"},{"type":"function_result","call_id":"c1","name":"weather","result":"20"}],"tools":[{"type":"function","name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}},{"type":"google_search"}],"system_instruction":"be kind","generation_config":{"max_output_tokens":50,"stop_sequences":["never"],"thinking_level":"low","thinking_summaries":"auto"},"response_format":[{"type":"text","mime_type":"text/plain"}],"store":true,"background":false,"stream":false,"labels":{"a":"b"},"safety_settings":[{"type":"harassment","threshold":"off"}]}""";

    /// <summary>Every face and route that docs/routes.md names, GET ones and their aliases included.</summary>
    public static IReadOnlyList<Route> Clients { get; } =
    [
        new(Dialect.OpenAI, "POST", "/v1/chat/completions", Chat),
        new(Dialect.OpenAI, "POST", "/v1/chat/completions", Structured),
        new(Dialect.OpenAI, "POST", "/hf/v1/chat/completions", Chat.Replace("\"stream\":false", "\"stream\":true", StringComparison.Ordinal)),
        new(Dialect.OpenAI, "POST", "/v1/embeddings", Embedding),
        new(Dialect.OpenAI, "POST", "/hf/v1/embeddings", Embedding.Replace("base64", "float", StringComparison.Ordinal)),
        new(Dialect.OpenAI, "POST", "/openai/v1/chat/completions", Structured),
        new(Dialect.OpenAI, "POST", "/v1beta/openai/chat/completions", Chat),
        new(Dialect.OpenAI, "POST", "/openai/v1/embeddings", Embedding),
        new(Dialect.OpenAI, "GET", "/v1/models"),
        new(Dialect.OpenAI, "GET", "/hf/v1/models"),
        new(Dialect.OpenAI, "GET", "/v1/models/gemini-2.5-flash"),
        new(Dialect.OpenAI, "GET", "/openai/v1/models"),
        new(Dialect.Anthropic, "POST", "/v1/messages", Message),
        new(Dialect.Anthropic, "POST", "/anthropic/v1/messages", Message.Replace("\"stream\":false", "\"stream\":true", StringComparison.Ordinal)),
        new(Dialect.Anthropic, "POST", "/v1/messages/count_tokens", Message),
        new(Dialect.Anthropic, "GET", "/anthropic/v1/models"),
        new(Dialect.Google, "POST", "/v1beta/models/gemini-2.5-flash:generateContent", Native),
        new(Dialect.Google, "POST", "/gemini/v1beta/models/gemini-3.6-flash:generateContent", Native),
        new(Dialect.Google, "POST", "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", Native),
        new(Dialect.Google, "POST", "/v1beta/models/gemini-2.5-flash:streamGenerateContent", Native),
        new(Dialect.Google, "POST", "/v1/models/gemini-2.5-flash:generateContent", Native),
        new(Dialect.Google, "POST", "/v1beta/models/gemini-2.5-flash:countTokens", Native),
        new(Dialect.Google, "POST", "/v1beta/models/gemini-embedding-001:embedContent", """{"content":{"parts":[{"text":"one"}]},"outputDimensionality":256,"taskType":"RETRIEVAL_QUERY"}"""),
        new(Dialect.Google, "POST", "/v1beta/models/gemini-embedding-001:batchEmbedContents", """{"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"one"}]}}]}"""),
        new(Dialect.Interactions, "POST", "/v1beta/interactions", Interaction),
        new(Dialect.Interactions, "POST", "/gemini/v1beta/interactions", Interaction.Replace("\"stream\":false", "\"stream\":true", StringComparison.Ordinal)),
        new(Dialect.Interactions, "GET", "/v1alpha/interactions/v1_abc"),
        new(Dialect.Interactions, "POST", "/v1beta/interactions/v1_abc/cancel", """{"reason":"tired"}"""),
        new(Dialect.Google, "GET", "/v1beta/models"),
        new(Dialect.Google, "GET", "/v1beta/models/gemini-2.5-flash"),
    ];

    /// <summary>The admin API. Nothing here changes the gateway as it stands; what it takes into the pool after a mutation is for the caller to remove.</summary>
    public static IReadOnlyList<Route> Administration { get; } =
    [
        new(Dialect.Admin, "GET", "/api/keys?page=1&limit=5&state=all&search=x"),
        new(Dialect.Admin, "POST", "/api/keys", """{"keys":["no","key"],"text":"a b c"}"""),
        new(Dialect.Admin, "POST", "/api/keys/nobody/disable", """{"reason":"tired"}"""),
        new(Dialect.Admin, "POST", "/api/keys/nobody/enable", """{"reason":"rested"}"""),
        new(Dialect.Admin, "POST", "/api/keys/nobody/verify", """{"reason":"doubt"}"""),
        new(Dialect.Admin, "DELETE", "/api/keys/nobody"),
        new(Dialect.Admin, "GET", "/api/settings"),
        new(Dialect.Admin, "POST", "/api/settings/reload", """{"reason":"changed"}"""),
        new(Dialect.Admin, "GET", "/v1/keys/list"),
        new(Dialect.Admin, "GET", "/hf/v1/keys/list"),
    ];
}
