namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>Whose error shape a route answers in.</summary>
internal enum Dialect
{
    OpenAI = 1,
    Google = 2,
    Admin = 3,
    Anthropic = 4,
    Interactions = 5,
}
