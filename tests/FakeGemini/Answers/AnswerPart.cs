using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>One part of an answer: exactly one of its data members is set.</summary>
internal sealed record AnswerPart
{
    public string? Text { get; init; }

    public bool IsThought { get; init; }

    public string? Signature { get; init; }

    public string? CallName { get; init; }

    public string? CallId { get; init; }

    /// <summary>Writes the arguments object.</summary>
    public Action<Utf8JsonWriter>? CallArguments { get; init; }

    public string? InlineMimeType { get; init; }

    public byte[]? InlineBytes { get; init; }

    public string? Code { get; init; }

    public string? CodeOutput { get; init; }

    public int Tokens => TokenCounter.Count(Text) + TokenCounter.Count(CallName) + (CallName is null ? 0 : 8) + (InlineBytes is null ? 0 : 1290) + TokenCounter.Count(Code) + TokenCounter.Count(CodeOutput);
}
