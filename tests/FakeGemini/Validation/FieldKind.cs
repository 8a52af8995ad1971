namespace GeminiBalance.FakeGemini;

/// <summary>What a protobuf field takes in JSON.</summary>
internal enum FieldKind
{
    /// <summary>Anything: Struct, Value, or what is not looked into.</summary>
    Any = 1,
    Text,
    Bytes,
    Number,
    Integer,
    Bool,
    Enum,
    Message,
}
