namespace GeminiBalance.FakeGemini;

/// <summary>One field of a protobuf message.</summary>
/// <param name="Name">In snake_case, as error paths give it.</param>
/// <param name="IsMap">A map from text to the kind.</param>
internal sealed record ProtoField(string Name, FieldKind Kind, bool IsRepeated = false, bool IsMap = false)
{
    /// <summary>Of a <see cref="FieldKind.Message"/>.</summary>
    public Func<ProtoMessage>? Message { get; init; }

    /// <summary>Of a <see cref="FieldKind.Enum"/>: its full name and its values.</summary>
    public (string Name, string[] Values) Enum { get; init; }
}
