namespace GeminiBalance.Storage.MySql.Tests;

[GenerateSerializer]
public sealed class NoteState
{
    [Id(0)]
    public string? Text { get; set; }
}
