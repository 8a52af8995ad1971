namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A value at the reader's place is not what the field takes. Becomes a <see cref="TranslationException"/> once the path is known.</summary>
/// <param name="complaint">Goes behind the field's path, such as <c>must be a string.</c></param>
/// <param name="member">A member of the value at the place, when that is at fault.</param>
/// <param name="position">Byte at which the value starts; null for the reader's place.</param>
internal sealed class WireFormatException(string complaint, string? member = null, long? position = null) : Exception(complaint)
{
    public string? Member { get; } = member;

    public long? Position { get; } = position;
}
