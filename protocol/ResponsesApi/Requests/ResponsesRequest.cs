using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A client's <c>responses</c> body. What the answer repeats of it is kept as it came.</summary>
/// <remarks>Items and options are slices of the body: use the request only as long as its bytes are there.</remarks>
public sealed class ResponsesRequest
{
    /// <summary>In the client's own spelling.</summary>
    public required string Model { get; init; }

    /// <summary>The new items, in order; may be empty beside <see cref="PreviousResponseId"/>.</summary>
    public required IReadOnlyList<InputItem> Input { get; init; }

    /// <summary>Hold for this answer only, and not for those that follow it.</summary>
    public string? Instructions { get; init; }

    public string? PreviousResponseId { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether the client does not wait for the answer.</summary>
    public bool Background { get; init; }

    /// <summary>Whether the client wants to come back to the answer by its id; true when it says nothing.</summary>
    public bool Store { get; init; } = true;

    /// <summary>The parts of items that come only when asked for, such as <c>reasoning.encrypted_content</c>.</summary>
    public IReadOnlySet<string> Include { get; init; } = new HashSet<string>();

    /// <summary><c>reasoning.summary</c>; null when thoughts are not asked for.</summary>
    public string? Summary { get; init; }

    public RawJson? Tools { get; init; }

    public RawJson? ToolChoice { get; init; }

    public RawJson? Text { get; init; }

    public RawJson? Metadata { get; init; }

    public string? User { get; init; }

    public bool IncludesEncryptedReasoning => Include.Contains("reasoning.encrypted_content");

    public bool IncludesSearchSources => Include.Contains("web_search_call.action.sources");

    public bool IncludesCodeOutputs => Include.Contains("code_interpreter_call.outputs");

    /// <summary>The options that chat requests have too; its messages are not set.</summary>
    internal ChatDraft Draft { get; init; } = new();

    /// <summary>The tool that the model knows by a name; null when it was not declared.</summary>
    internal ChatTool? ToolOf(string name) => Draft.Tools?.Find(tool => tool.Name == name);

    /// <summary>The request in the terms of chat.</summary>
    /// <param name="conversation">The items of earlier answers and the new ones, references resolved, in order.</param>
    /// <param name="model">The upstream's model, which decides on what needs no tool.</param>
    /// <exception cref="TranslationException">There is nothing to answer, or the model does not answer with text.</exception>
    public ResponsesChat ToChat(IReadOnlyList<InputItem> conversation, string model) => ConversationBuilder.Build(this, conversation, ModelTraits.Of(model));
}
