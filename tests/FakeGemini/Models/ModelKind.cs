namespace GeminiBalance.FakeGemini;

/// <summary>What a model makes.</summary>
internal enum ModelKind
{
    Text = 1,
    Image = 2,
    Speech = 3,
    Embedding = 4,
    Imagen = 5,
}
