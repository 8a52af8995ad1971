using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>A function the client offers; <see cref="Schema"/> is undefined without parameters.</summary>
internal readonly record struct DeclaredFunction(string Name, JsonElement Schema);
