using static GeminiBalance.FakeGemini.FieldKind;

namespace GeminiBalance.FakeGemini;

/// <summary>The request messages of the API, as of autumn 2026. What is not listed is an unknown name.</summary>
internal static class GeminiMessages
{
    private const string Types = "type.googleapis.com/google.ai.generativelanguage.v1beta.";

    private static readonly ProtoMessage Schema = new(
        OneOf("type", "Type", "TYPE_UNSPECIFIED", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL", "string", "number", "integer", "boolean", "array", "object", "null"),
        F("format"), F("title"), F("description"), F("nullable", Bool), F("enum", Text, repeated: true), M("items", () => Schema!), F("min_items", Integer), F("max_items", Integer),
        Map("properties", () => Schema!), F("required", Text, repeated: true), F("min_properties", Integer), F("max_properties", Integer), F("minimum", Number), F("maximum", Number),
        F("min_length", Integer), F("max_length", Integer), F("pattern"), F("example", Any), M("any_of", () => Schema!, repeated: true), F("property_ordering", Text, repeated: true), F("default", Any));

    private static readonly ProtoMessage Blob = new(F("mime_type"), F("data", Bytes), F("display_name"));

    private static readonly ProtoMessage Part = new(
        F("text"), M("inline_data", () => Blob), M("file_data", () => new ProtoMessage(F("mime_type"), F("file_uri"), F("display_name"))),
        M("function_call", () => FunctionCall!), M("function_response", () => FunctionResponse!), M("executable_code", () => ExecutableCode!), M("code_execution_result", () => CodeResult!),
        F("tool_call", Any), F("tool_response", Any), F("thought", Bool), F("thought_signature", Bytes), F("video_metadata", Any), F("media_resolution", Any), F("part_metadata", Any), F("audio_transcription", Any), M("speech_metadata", () => new ProtoMessage(F("style"), F("speaker"))));

    private static readonly ProtoMessage FunctionCall = new(F("id"), F("name"), F("args", Any));
    private static readonly ProtoMessage FunctionResponse = new(F("id"), F("name"), F("response", Any), M("parts", () => ResponsePart!, repeated: true), F("will_continue", Bool), OneOf("scheduling", "FunctionResponse.Scheduling", "SCHEDULING_UNSPECIFIED", "SILENT", "WHEN_IDLE", "INTERRUPT"));
    private static readonly ProtoMessage ResponsePart = new(M("inline_data", () => Blob));
    private static readonly ProtoMessage ExecutableCode = new(F("id"), OneOf("language", "ExecutableCode.Language", "LANGUAGE_UNSPECIFIED", "PYTHON"), F("code"));
    private static readonly ProtoMessage CodeResult = new(F("id"), OneOf("outcome", "CodeExecutionResult.Outcome", "OUTCOME_UNSPECIFIED", "OUTCOME_OK", "OUTCOME_FAILED", "OUTCOME_DEADLINE_EXCEEDED"), F("output"));
    private static readonly ProtoMessage Content = new(F("role"), M("parts", () => Part, repeated: true));

    private static readonly ProtoMessage FunctionDeclaration = new(
        F("name"), F("description"), M("parameters", () => Schema), F("parameters_json_schema", Any), M("response", () => Schema), F("response_json_schema", Any),
        OneOf("behavior", "FunctionDeclaration.Behavior", "UNSPECIFIED", "BLOCKING", "NON_BLOCKING"));

    private static readonly ProtoMessage Tool = new(
        M("function_declarations", () => FunctionDeclaration, repeated: true), F("google_search", Any), F("google_search_retrieval", Any), F("code_execution", Any), F("url_context", Any),
        F("google_maps", Any), F("file_search", Any), F("computer_use", Any), F("mcp_servers", Any, repeated: true));

    private static readonly ProtoMessage CallingConfig = new(OneOf("mode", "FunctionCallingConfig.Mode", "MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED"), F("allowed_function_names", Text, repeated: true));
    private static readonly ProtoMessage ToolConfig = new(M("function_calling_config", () => CallingConfig), F("retrieval_config", Any), F("include_server_side_tool_invocations", Bool));

    private static readonly ProtoMessage Safety = new(
        OneOf("category", "HarmCategory", "HARM_CATEGORY_UNSPECIFIED", "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_CIVIC_INTEGRITY"),
        OneOf("threshold", "SafetySetting.HarmBlockThreshold", "HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF"));

    private static readonly ProtoMessage Thinking = new(F("include_thoughts", Bool), F("thinking_budget", Integer), OneOf("thinking_level", "ThinkingConfig.ThinkingLevel", "THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH", "minimal", "low", "medium", "high"));

    private static readonly ProtoMessage GenerationConfig = new(
        F("candidate_count", Integer), F("stop_sequences", Text, repeated: true), F("max_output_tokens", Integer), F("temperature", Number), F("top_p", Number), F("top_k", Number), F("seed", Integer),
        F("response_mime_type"), M("response_schema", () => Schema), F("response_json_schema", Any), F("response_format", Any), F("presence_penalty", Number), F("frequency_penalty", Number),
        F("response_logprobs", Bool), F("logprobs", Integer), F("enable_enhanced_civic_answers", Bool), F("response_modalities", Text, repeated: true), F("speech_config", Any),
        M("thinking_config", () => Thinking), F("image_config", Any), F("media_resolution", Text), F("audio_transcription_config", Any), F("translation_config", Any));

    private static readonly ProtoMessage EmbedContent = new(F("model"), M("content", () => Content), F("task_type"), F("title"), F("output_dimensionality", Integer));

    public static ProtoMessage GenerateContentRequest { get; } = new(
        F("model"), M("contents", () => Content, repeated: true), M("system_instruction", () => Content), M("tools", () => Tool, repeated: true), M("tool_config", () => ToolConfig),
        M("safety_settings", () => Safety, repeated: true), M("generation_config", () => GenerationConfig), F("cached_content"), F("service_tier"), F("store", Bool));

    public static ProtoMessage CountTokensRequest { get; } = new(F("model"), M("contents", () => Content, repeated: true), M("generate_content_request", () => GenerateContentRequest));

    public static ProtoMessage EmbedContentRequest => EmbedContent;

    public static ProtoMessage BatchEmbedContentsRequest { get; } = new(F("model"), M("requests", () => EmbedContent, repeated: true));

    /// <summary>The request message of a method; null for one that is not looked into.</summary>
    public static ProtoMessage? Of(string method) => method switch
    {
        "generateContent" or "streamGenerateContent" => GenerateContentRequest,
        "countTokens" => CountTokensRequest,
        "embedContent" => EmbedContentRequest,
        "batchEmbedContents" => BatchEmbedContentsRequest,
        _ => null,
    };

    private static ProtoField F(string name, FieldKind kind = Text, bool repeated = false) => new(name, kind, repeated);

    private static ProtoField M(string name, Func<ProtoMessage> message, bool repeated = false) => new(name, Message, repeated) { Message = message };

    private static ProtoField Map(string name, Func<ProtoMessage> message) => new(name, Message, IsMap: true) { Message = message };

    private static ProtoField OneOf(string name, string type, params string[] values) => new(name, FieldKind.Enum) { Enum = (Types + type, values) };
}
